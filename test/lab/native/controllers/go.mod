module typed-calico.test/lab/native

go 1.24
