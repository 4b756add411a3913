namespace S3Cassandra.Auth.Forms;

/// <summary>Ends the reading of a POST policy that is none; the message says why. It does not leave the reader.</summary>
internal sealed class MalformedPostPolicyException(string reason) : Exception(reason);
