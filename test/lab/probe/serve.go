package main

import (
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

// No network policy applies to an abstract Unix socket, and it goes with its network namespace.
const readySocket = "@typed-calico-probe"

// serve sends its host's name to whoever connects by TCP or sends a UDP packet.
func serve(ports []string) error {
	name, err := os.Hostname()
	if err != nil {
		return err
	}
	for _, port := range ports {
		protocol, number, _ := strings.Cut(port, "/")
		switch protocol {
		case "tcp":
			err = serveTCP(":"+number, name)
		case "udp":
			err = serveUDP(":"+number, name)
		default:
			err = fmt.Errorf("%q is neither tcp/PORT nor udp/PORT", port)
		}
		if err != nil {
			return err
		}
	}
	if _, err := net.Listen("unix", readySocket); err != nil {
		return err
	}
	waitForSignal()
	return nil
}

func serveTCP(address, name string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			fmt.Fprintln(connection, name)
			connection.Close()
		}
	}()
	return nil
}

func serveUDP(address, name string) error {
	socket, err := net.ListenPacket("udp", address)
	if err != nil {
		return err
	}
	go func() {
		packet := make([]byte, 1500)
		for {
			_, from, err := socket.ReadFrom(packet)
			if err != nil {
				return
			}
			_, _ = socket.WriteTo([]byte(name+"\n"), from)
		}
	}()
	return nil
}

func serving() error {
	for {
		connection, err := net.Dial("unix", readySocket)
		if err == nil {
			return connection.Close()
		}
		time.Sleep(10 * time.Millisecond)
	}
}
