module typed-calico.test/lab/probe

go 1.24.0
