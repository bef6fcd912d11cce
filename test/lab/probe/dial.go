package main

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"syscall"
	"time"
)

// dial tries all targets at once and prints what each answered, in the order given.
func dial(args []string) error {
	if len(args) < 2 {
		return errors.New("dial needs a timeout and a target")
	}
	timeout, err := time.ParseDuration(args[0])
	if err != nil {
		return err
	}
	targets := args[1:]
	answers := make([]string, len(targets))
	var all sync.WaitGroup
	for i, target := range targets {
		all.Add(1)
		go func() {
			defer all.Done()
			answers[i] = try(target, timeout)
		}()
	}
	all.Wait()
	fmt.Println(strings.Join(answers, "\n"))
	return nil
}

// TCP is reachable when it connects, UDP when a reply comes.
func try(target string, timeout time.Duration) string {
	protocol, address, _ := strings.Cut(target, "/")
	connection, err := net.DialTimeout(protocol, address, timeout)
	if err != nil {
		return answer(err)
	}
	defer connection.Close()
	if protocol == "tcp" {
		return "reachable"
	}
	_ = connection.SetDeadline(time.Now().Add(timeout))
	if _, err := connection.Write([]byte("?")); err != nil {
		return answer(err)
	}
	_, err = connection.Read(make([]byte, 1500))
	return answer(err)
}

func answer(err error) string {
	var network net.Error
	switch {
	case err == nil:
		return "reachable"
	case errors.As(err, &network) && network.Timeout():
		return "timed out"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	default:
		return "error: " + err.Error()
	}
}
