/** Where a rule stands in Calico's code, as the issues and the documents say it. */
const inFile =
  (file: string) =>
  (name: string): string =>
    `${file}, ${name}`

export const validator = inFile('libcalico-go/lib/validator/v3/validator.go')
export const numorstring = inFile('api/pkg/lib/numorstring')
export const client = inFile('libcalico-go/lib/clientv3')
export const resources = inFile('calicoctl/calicoctl/resourcemgr')
export const api = inFile('api/pkg/apis/projectcalico/v3')
export const apimachinery = inFile('k8s.io/apimachinery/pkg/util/validation/validation.go')
