namespace S3Cassandra.S3Server.Operations.Query;

/// <summary>Ends a request of the query protocol with an error as AWS answers it.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html"/>
internal sealed class QueryException(string code, int status, string message) : Exception(message)
{
    public string Code => code;

    public int Status => status;

    public static QueryException AccessDenied(string message) => new("AccessDenied", 403, message);

    public static QueryException Concurrent() =>
        new("ConcurrentModification", 409, "The request was rejected because multiple requests to change this object were submitted simultaneously.");

    public static QueryException Conflict(string message) => new("DeleteConflict", 409, message);

    public static QueryException Exists(string message) => new("EntityAlreadyExists", 409, message);

    public static QueryException Invalid(string message) => new("InvalidInput", 400, message);

    public static QueryException LimitExceeded(string message) => new("LimitExceeded", 409, message);

    /// <summary>A parameter is not of its type: AWS says no more.</summary>
    public static QueryException MalformedInput() => new("MalformedInput", 400, "");

    public static QueryException Missing(string message) => new("NoSuchEntity", 404, message);

    public static QueryException Validation(string message) => new("ValidationError", 400, message);

    /// <summary>One member's value breaks one rule, in the words that AWS's services have in common.</summary>
    public static QueryException Constraint(string member, string rule) =>
        Validation($"1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must {rule}");

    /// <summary>The same, of a value that is shown.</summary>
    public static QueryException Constraint(string? value, string member, string rule) => Validation(
        $"1 validation error detected: Value {(value is null ? "null" : $"'{value}'")} at '{member}' failed to satisfy constraint: Member must {rule}");

    /// <summary>A value is none of those that there are.</summary>
    public static QueryException NoneOf(string value, string member, IEnumerable<string> values) =>
        Constraint(value, member, $"satisfy enum value set: [{string.Join(", ", values)}]");

    /// <summary>What every request of the action has.</summary>
    public static QueryException MissingParameter(string parameter) =>
        new("MissingParameter", 400, $"The request must contain the parameter {parameter}.");

    /// <summary>Others kept changing it, or nobody knows what became of the change.</summary>
    public static QueryException Unsettled() => new("ServiceFailure", 503, "The request processing has failed because of an unknown error, exception or failure.");
}
