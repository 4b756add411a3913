using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// Applies a bucket's CORS rules: answers preflights, without authentication and the same whether a bucket does not exist or has no rules;
/// and adds the headers to actual requests, their errors included.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html"/>
internal static class CorsResponder
{
    private const string NotEnabled = "CORSResponse: CORS is not enabled for this bucket.";
    private const string VaryNames = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Answers OPTIONS.</summary>
    /// <exception cref="S3Exception">AccessForbidden, or BadRequest where it is no preflight.</exception>
    public static void Preflight(S3Context context, BucketRecord? bucket)
    {
        var request = context.Http.Request;
        var origin = request.Headers.Origin.ToString();
        var method = request.Headers.AccessControlRequestMethod.ToString();
        if (origin.Length == 0)
        {
            throw new S3Exception(S3Errors.BadRequest, "Insufficient information. Origin request header needed.");
        }

        if (method is not ("GET" or "PUT" or "POST" or "DELETE" or "HEAD"))
        {
            throw new S3Exception(S3Errors.BadRequest, $"Invalid Access-Control-Request-Method: {method}");
        }

        var asked = HeaderNames(request.Headers.AccessControlRequestHeaders.ToString());
        foreach (var rule in bucket?.Cors ?? [])
        {
            if (OriginOf(rule, origin) is { } pattern && rule.AllowedMethods.Contains(method) && asked.All(header => AllowsHeader(rule, header)))
            {
                Allow(context.Http.Response, rule, origin, pattern);
                if (asked.Length > 0)
                {
                    context.Http.Response.Headers.AccessControlAllowHeaders = string.Join(", ", asked).ToLowerInvariant();
                }

                context.Http.Response.StatusCode = StatusCodes.Status200OK;
                context.Http.Response.ContentLength = 0;
                return;
            }
        }

        throw new S3Exception(
            S3Errors.AccessForbidden, bucket is null or { Cors.Count: 0 } ? NotEnabled : null, ("Method", method), ("ResourceType", context.Target.Kind.ToString().ToUpperInvariant()));
    }

    /// <summary>The names that a preflight asks for, which are tokens (RFC 9110, section 5.6.2).</summary>
    private static string[] HeaderNames(string list)
    {
        var names = list.Split(',', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i].Trim(' ');
            names[i] = !name.AsSpan().ContainsAnyExcept(Token) ? name : throw new S3Exception(
                S3Errors.BadRequest, $"Access-Control-Request-Headers \"{names[i]}\" contains invalid character.");
        }

        return [.. names.Where(name => name.Length > 0)];
    }

    /// <summary>Adds the headers to the answer of an actual request.</summary>
    public static void Apply(HttpContext http, BucketRecord bucket)
    {
        if (bucket.Cors.Count == 0)
        {
            return;
        }

        // Also where no Origin came: a cache must not hand that answer to a browser that sends one.
        http.Response.Headers.Vary = VaryNames;
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return;
        }

        foreach (var rule in bucket.Cors)
        {
            if (OriginOf(rule, origin) is { } pattern && rule.AllowedMethods.Contains(http.Request.Method))
            {
                Allow(http.Response, rule, origin, pattern);
                return;
            }
        }
    }

    private static void Allow(HttpResponse response, CorsRule rule, string origin, string pattern)
    {
        var headers = response.Headers;
        headers.Vary = VaryNames;
        headers.AccessControlAllowOrigin = pattern == "*" ? "*" : origin;
        headers.AccessControlAllowMethods = string.Join(", ", rule.AllowedMethods);
        if (!pattern.Contains('*', StringComparison.Ordinal))
        {
            // Only for an origin that is named in full: one that merely fits a pattern is not trusted with credentials.
            headers.AccessControlAllowCredentials = "true";
        }

        if (rule.ExposeHeaders.Count > 0)
        {
            headers.AccessControlExposeHeaders = string.Join(", ", rule.ExposeHeaders);
        }

        if (rule.MaxAgeSeconds is { } seconds)
        {
            headers.AccessControlMaxAge = new StringValues(seconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The pattern of the rule that fits the origin; null when none does.</summary>
    private static string? OriginOf(CorsRule rule, string origin) => rule.AllowedOrigins.FirstOrDefault(pattern => Fits(pattern, origin, StringComparison.Ordinal));

    private static bool AllowsHeader(CorsRule rule, string header) =>
        rule.AllowedHeaders.Any(pattern => Fits(pattern, header, StringComparison.OrdinalIgnoreCase));

    /// <summary>At most one "*" stands for any characters.</summary>
    private static bool Fits(string pattern, string value, StringComparison comparison)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? string.Equals(pattern, value, comparison)
            : value.Length >= pattern.Length - 1
                && value.AsSpan().StartsWith(pattern.AsSpan(0, star), comparison)
                && value.AsSpan().EndsWith(pattern.AsSpan(star + 1), comparison);
    }
}
