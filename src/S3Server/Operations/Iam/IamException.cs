namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Ends a request of the IAM API with an error as AWS answers it.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html"/>
internal sealed class IamException(string code, int status, string message) : Exception(message)
{
    public string Code => code;

    public int Status => status;

    public static IamException AccessDenied(string message) => new("AccessDenied", 403, message);

    public static IamException Conflict(string message) => new("DeleteConflict", 409, message);

    public static IamException Exists(string message) => new("EntityAlreadyExists", 409, message);

    public static IamException LimitExceeded(string message) => new("LimitExceeded", 409, message);

    public static IamException Missing(string message) => new("NoSuchEntity", 404, message);

    public static IamException Validation(string message) => new("ValidationError", 400, message);

    /// <summary>Others kept changing it, or nobody knows what became of the change.</summary>
    public static IamException Unsettled() => new("ServiceFailure", 503, "The request processing has failed because of an unknown error, exception or failure.");
}
