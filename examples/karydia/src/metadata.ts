import { metadataNets } from 'typed-calico'

/** Where the clouds of karydia's `config.cloudProvider` answer; of all of them where none is named. */
export const metadataOf = (cloudProvider: string): ReadonlyArray<string> => {
  const [most, alibaba] = metadataNets.ipv4
  switch (cloudProvider.toLowerCase()) {
    case 'aws':
      return [most, ...metadataNets.ipv6]
    case 'azure':
    case 'gcp':
    case 'openstack':
      return [most]
    case 'alicloud':
      return [alibaba]
    case '':
      return [...metadataNets.ipv4, ...metadataNets.ipv6]
    default:
      throw new Error(
        `config.cloudProvider: ${cloudProvider} is none of AWS, Azure, GCP, OpenStack, AliCloud`,
      )
  }
}
