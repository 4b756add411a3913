using S3Cassandra.Auth.Failures;

namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>What can be wrong with a V4 credential's form: AuthorizationHeaderMalformed, AuthorizationQueryParametersError, or of a form InvalidArgument (400).</summary>
internal static class MalformedCredential
{
    private const string HeaderCode = "AuthorizationHeaderMalformed";
    private const string HeaderStart = "The authorization header is malformed; ";
    private const string QueryCode = "AuthorizationQueryParametersError";
    private const string QueryStart = "Error parsing the X-Amz-Credential parameter; ";

    public static AuthFailure MissingComponents() =>
        Header("the authorization header requires three components: Credential, SignedHeaders, and Signature.");

    public static AuthFailure MalformedComponent(string component) => Header($"the authorization component \"{component}\" is malformed.");

    public static AuthFailure MissingComponent(string name) => Header($"missing {name}.");

    public static AuthFailure TooLong() => Header("it is too long.");

    public static AuthFailure TooManySignedHeaders(SignaturePlace place, int most) => place == SignaturePlace.Header
        ? Header($"it names more than {most} signed headers.")
        : Query($"X-Amz-SignedHeaders names more than {most} headers.");

    public static AuthFailure Form(SignaturePlace place) =>
        InCredential(place, "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");

    public static AuthFailure Terminal(SignaturePlace place, string terminal) =>
        InCredential(place, $"incorrect terminal \"{terminal}\". This endpoint uses \"aws4_request\".");

    public static AuthFailure Service(SignaturePlace place, string service, string expected) =>
        InCredential(place, $"incorrect service \"{service}\". This endpoint belongs to \"{expected}\".");

    public static AuthFailure Region(SignaturePlace place, string region, string expected) =>
        InCredential(place, $"the region \"{region}\" is wrong; expecting \"{expected}\"") with { Details = [new("Region", expected)] };

    public static AuthFailure Day(SignaturePlace place, string day) => InCredential(
        place, $"incorrect date format \"{day}\". This date in the credential must be in the format \"yyyyMMdd\".");

    public static AuthFailure OtherDay(SignaturePlace place, string day, string requestDay)
    {
        var text = $"Invalid credential date \"{day}\". This date is not the same as X-Amz-Date: \"{requestDay}\".";
        return place switch
        {
            SignaturePlace.Header => Header(text),
            SignaturePlace.Form => Field(text),
            _ => Query(text),
        };
    }

    public static AuthFailure MissingParameters() => Query(
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, "
        + "X-Amz-SignedHeaders, and X-Amz-Expires parameters.");

    public static AuthFailure RepeatedParameter(string name) => Query($"The {name} parameter must be given only once.");

    public static AuthFailure UnknownAlgorithm() => Query("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");

    public static AuthFailure OnlyHmac() => Query("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");

    public static AuthFailure Date() => Query("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");

    public static AuthFailure ExpiresNotANumber() => Query("X-Amz-Expires should be a number");

    public static AuthFailure ExpiresNegative() => Query("X-Amz-Expires must be non-negative");

    public static AuthFailure ExpiresZero() => Query("X-Amz-Expires must be at least 1 second");

    public static AuthFailure ExpiresTooLarge() => Query(
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds");

    private static AuthFailure InCredential(SignaturePlace place, string text) => place switch
    {
        SignaturePlace.Header => Header(text),
        SignaturePlace.Form => Field(text),
        _ => Query(QueryStart + text),
    };

    /// <summary>Which field it is, and what it holds, the reader of the form adds.</summary>
    private static AuthFailure Field(string text) => new("InvalidArgument", text);

    private static AuthFailure Header(string text) => new(HeaderCode, HeaderStart + text);

    private static AuthFailure Query(string text) => new(QueryCode, text);
}
