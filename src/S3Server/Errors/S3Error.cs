namespace S3Cassandra.S3Server.Errors;

/// <summary>An S3 error: its code, HTTP status and message, as AWS has them.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"/>
internal sealed record S3Error(string Code, int Status, string Message);
