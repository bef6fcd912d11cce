/** Where a rule stands in Calico's code, as the issues and the documents say it. */
const inFile =
  (file: string) =>
  (name: string): string =>
    `${file}, ${name}`

const inFolder =
  (folder: string) =>
  (name: string): string =>
    `${folder}/${name}`

export const validator = inFile('libcalico-go/lib/validator/v3/validator.go')
export const apimachinery = inFile('k8s.io/apimachinery/pkg/util/validation/validation.go')
export const numorstring = inFolder('api/pkg/lib/numorstring')
export const client = inFolder('libcalico-go/lib/clientv3')
export const resources = inFolder('calicoctl/calicoctl/resourcemgr')
export const api = inFolder('api/pkg/apis/projectcalico/v3')
