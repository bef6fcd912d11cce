// Probe is the whole content of the lab's own image: it waits as a pod's pause process, serves TCP and
// UDP ports, and tries to reach such ports.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

const usage = `probe pause                     wait for SIGTERM
probe serve [tcp/PORT udp/PORT] answer on these ports
probe serving                   wait until "probe serve" in this network namespace answers
probe dial TIMEOUT tcp/IP:PORT  print reachable, refused or timed out, a line for each target`

func main() {
	err := fmt.Errorf("usage:\n%s", usage)
	if len(os.Args) > 1 {
		args := os.Args[2:]
		switch os.Args[1] {
		case "pause":
			err = nil
			waitForSignal()
		case "serve":
			err = serve(args)
		case "serving":
			err = serving()
		case "dial":
			err = dial(args)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "probe:", err)
		os.Exit(1)
	}
}

func waitForSignal() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	<-signals
}
