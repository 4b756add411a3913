namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Whether requesters of other accounts are to pay.</summary>
internal sealed record PutBucketRequestPaymentInput(bool RequesterPays);
