using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Auth.Requests;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// What a signature of a request of the query protocol says of itself, before it is verified, with the errors that AWS's services other
/// than S3 have for what is wrong with it.
/// </summary>
/// <param name="Credential"><c>keyid/date/region/service/aws4_request</c>.</param>
/// <param name="SignedHeaders">Their names, separated by semicolons.</param>
/// <param name="Authorization">The header's value; null of a signature in the query.</param>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html"/>
internal sealed record QuerySignature(string Credential, string SignedHeaders, string? Authorization)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    private static readonly string[] Parameters = ["X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature"];

    private static readonly string[] Components = ["Credential", "SignedHeaders", "Signature"];

    /// <summary>The scope's region; empty where there is none.</summary>
    public string Region => Part(2);

    /// <summary>The scope's service; empty where there is none.</summary>
    public string Service => Part(3);

    /// <summary>The request's; null where nothing is signed.</summary>
    /// <exception cref="QueryException">IncompleteSignature, MissingAuthenticationToken.</exception>
    public static QuerySignature? Read(S3Context context)
    {
        if (context.Header("Authorization") is { } authorization)
        {
            return authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal) ? ReadHeader(authorization) : null;
        }

        var query = context.Target.Query;
        if (query.Get("X-Amz-Algorithm") is not { } algorithm)
        {
            return null;
        }

        if (algorithm != Algorithm)
        {
            throw new QueryException("MissingAuthenticationToken", 403, "Missing Authentication Token");
        }

        var missing = Parameters.FirstOrDefault(parameter => query.Get(parameter) is null);
        return missing is null
            ? new QuerySignature(query.Get("X-Amz-Credential")!, query.Get("X-Amz-SignedHeaders")!, null)
            : throw Incomplete($"AWS query-string parameters must include '{missing}'. Re-examine the query-string parameters.");
    }

    /// <summary>Compares it with what the server is, and with the request's date.</summary>
    /// <exception cref="QueryException">IncompleteSignature, SignatureDoesNotMatch.</exception>
    public void Check(S3Context context, string service, string region)
    {
        var parts = Credential.Split('/');
        if (parts.Length != 5)
        {
            throw Incomplete($"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{Credential}'");
        }

        if (parts[4] != "aws4_request")
        {
            throw Mismatch(403, "Credential should be scoped with a valid terminator: 'aws4_request'.");
        }

        if (parts[3] != service)
        {
            throw Mismatch(400, $"Credential should be scoped to correct service: '{service}'.");
        }

        if (parts[2] != region)
        {
            throw Mismatch(403, "Credential should be scoped to a valid region. ");
        }

        if (Authorization is not null && !SignedHeaders.Split(';').Contains("host"))
        {
            throw Mismatch(403, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }

        CheckDate(context, parts[1]);
    }

    /// <summary>
    /// Takes away the x-amz-* headers that are not signed, so that they count for nothing: services other than S3 pass them over. The token
    /// of a session stays, for who verifies to refuse.
    /// </summary>
    public void DropUnsigned(IHeaderDictionary headers)
    {
        var signed = SignedHeaders.Split(';');
        foreach (var name in headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            var isKept = signed.Contains(name, StringComparer.OrdinalIgnoreCase) || name.Equals("x-amz-security-token", StringComparison.OrdinalIgnoreCase);
            if (!isKept)
            {
                headers.Remove(name);
            }
        }
    }

    private static QuerySignature ReadHeader(string authorization)
    {
        var components = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var component in authorization[(Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = component.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw Incomplete($"Authorization component \"{component}\" is malformed.");
            }

            components[component[..equals]] = component[(equals + 1)..];
        }

        var missing = Components.FirstOrDefault(name => !components.ContainsKey(name));
        return missing is null
            ? new QuerySignature(components["Credential"], components["SignedHeaders"], authorization)
            : throw Incomplete($"Authorization header requires '{missing}' parameter. {Hashed(authorization)}");
    }

    private void CheckDate(S3Context context, string day)
    {
        var date = Authorization is null ? context.Target.Query.Get("X-Amz-Date") : context.Header("x-amz-date");
        if (string.IsNullOrEmpty(date))
        {
            throw Incomplete($"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. {Hashed(Authorization ?? "")}");
        }

        if (!AmzDate.TryParseBasic(date, out _))
        {
            throw Incomplete($"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");
        }

        if (!date.StartsWith(day, StringComparison.Ordinal) || day.Length != 8)
        {
            throw Mismatch(400, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.");
        }
    }

    private string Part(int index) => Credential.Split('/') is { Length: 5 } parts ? parts[index] : "";

    private static string Hashed(string authorization) =>
        $"(Hashed with SHA-256 and encoded with Base64) Authorization={Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)))}";

    private static QueryException Incomplete(string message) => new("IncompleteSignature", 400, message);

    private static QueryException Mismatch(int status, string message) => new("SignatureDoesNotMatch", status, message);
}
