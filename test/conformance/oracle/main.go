// The oracle answers, with Calico 3.28.5's own code, what calicoctl would say: JSON lines in,
// JSON lines out, in the same order.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	log "github.com/sirupsen/logrus"

	"typed-calico.test/conformance/oracle/flow"
)

type request struct {
	Op       string            `json:"op"`
	Doc      string            `json:"doc"`
	Selector string            `json:"selector"`
	Labels   map[string]string `json:"labels"`
	World    flow.World        `json:"world"`
	Flows    []flow.Flow       `json:"flows"`
}

type answer map[string]any

var operations = map[string]func(request) answer{
	"validate": create,
	"decode":   decode,
	"convert":  convert,
	"kinds":    kinds,
	"selector": parseSelector,
	"match":    match,
	"flows":    flows,
}

func main() {
	log.SetLevel(log.PanicLevel)
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	close, err := openWorkspace()
	if err != nil {
		return err
	}
	defer close()
	if len(args) == 2 && args[0] == "bench" {
		return bench(args[1], os.Stdout)
	}
	return serve(os.Stdin, os.Stdout)
}

func serve(in io.Reader, out io.Writer) error {
	reader := bufio.NewReaderSize(in, 1<<16)
	writer := bufio.NewWriterSize(out, 1<<16)
	requests := json.NewDecoder(reader)
	answers := json.NewEncoder(writer)
	answers.SetEscapeHTML(false)
	for {
		var r request
		if err := requests.Decode(&r); err == io.EOF {
			return writer.Flush()
		} else if err != nil {
			return err
		}
		if err := answers.Encode(reply(r)); err != nil {
			return err
		}
		// Whoever asks waits only once nothing more of the batch is at hand.
		if reader.Buffered() == 0 {
			if err := writer.Flush(); err != nil {
				return err
			}
		}
	}
}

func reply(r request) (a answer) {
	defer func() {
		if crash := recover(); crash != nil {
			a = refused("panic", fmt.Errorf("panic: %v", crash))
		}
	}()
	operation, known := operations[r.Op]
	if !known {
		return refused("request", fmt.Errorf("unknown op %q", r.Op))
	}
	return operation(r)
}

func refused(stage string, err error) answer {
	return answer{"ok": false, "stage": stage, "error": plain(err)}
}

// plain leaves out what differs from run to run: Calico prints some pointers, and the file's name.
func plain(err error) string {
	words := strings.ReplaceAll(err.Error(), inWorkspace("manifest"), "FILE")
	return pointer.ReplaceAllString(words, "0xPTR")
}

var pointer = regexp.MustCompile(`0x[0-9a-f]{6,}`)
