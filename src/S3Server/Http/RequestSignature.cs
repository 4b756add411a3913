using S3Cassandra.Auth.Signatures;

namespace S3Cassandra.S3Server.Http;

/// <summary>How a request was signed: which of AWS's signatures, and where it stood.</summary>
internal sealed record RequestSignature(SignatureVersion Version, SignaturePlace Place);
