using S3Cassandra.Auth.WebIdentities;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>Somebody whom a provider vouches for, if the token is verified.</summary>
/// <param name="Provider">Who vouches.</param>
/// <param name="Token">The token.</param>
/// <param name="Audience">The client that it is for, one of the provider's.</param>
internal sealed record WebIdentity(OidcProviderRecord Provider, JsonWebToken Token, string Audience);
