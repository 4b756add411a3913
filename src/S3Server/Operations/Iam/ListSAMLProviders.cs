namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the SAML providers: web identities come by OpenID Connect here.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html"/>
internal sealed class ListSAMLProviders() : NothingOfAccount("ListSAMLProviders", "SAMLProviderList");
