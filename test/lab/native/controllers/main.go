// Native does to objects what Calico's processes do in native mode, and nothing else that they do: the admission webhook
// of 3.32 (webhooks/pkg/rbac), and its controllers of tiers and of IP pools (kube-controllers/pkg/controllers). Its words
// and names are theirs.
package main

import (
	"log"
	"net/http"
	"os"
	"time"
)

// Arguments: a kubeconfig as JSON, the webhook's certificate and its key.
func main() {
	kubeconfig, certificate, key := os.Args[1], os.Args[2], os.Args[3]
	c, err := connect(kubeconfig)
	if err != nil {
		log.Fatal(err)
	}
	go every(200*time.Millisecond, c.reconcilePools)
	go every(200*time.Millisecond, c.reconcileTiers)
	http.HandleFunc("/rbac", c.admit)
	log.Fatal(http.ListenAndServeTLS("127.0.0.1:6444", certificate, key, nil))
}

// Tries again what failed: a conflict, or an API server that is not there yet.
func every(pause time.Duration, reconcile func() error) {
	for ; ; time.Sleep(pause) {
		if err := reconcile(); err != nil {
			log.Print(err)
		}
	}
}
