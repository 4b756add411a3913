using System.Text;
using System.Xml.Linq;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The policies that live in a user, group or role.</summary>
internal static class InlinePolicies
{
    private const int MaxName = 128;

    public static string Name(QueryRequest request) => request.Named("PolicyName", MaxName);

    /// <summary>The policy that a request puts; one that is too large by itself is not looked at.</summary>
    /// <exception cref="QueryException">ValidationError, LimitExceeded, MalformedPolicyDocument.</exception>
    public static NamedPolicy Read(QueryRequest request, int maxCharacters, string holder)
    {
        var name = Name(request);
        return Characters(request.Find("PolicyDocument") ?? "") <= maxCharacters
            ? new NamedPolicy(name, Document(request, "PolicyDocument", PolicyKind.Identity))
            : throw TooLarge(maxCharacters, holder);
    }

    /// <summary>A policy's JSON, found right.</summary>
    /// <exception cref="QueryException">ValidationError, MalformedPolicyDocument.</exception>
    public static string Document(QueryRequest request, string parameter, PolicyKind kind)
    {
        var document = request.Get(parameter);
        if (document.AsSpan().ContainsAnyExceptInRange('\u0020', '\u00ff') && document.Any(character => character is not ('\t' or '\n' or '\r') and (< ' ' or > '\u00ff')))
        {
            var member = char.ToLowerInvariant(parameter[0]) + parameter[1..];
            throw QueryException.Validation($"The specified value for {member} is invalid. It must contain only printable ASCII characters.");
        }

        document = document.Trim();
        return PolicyParser.Parse(Encoding.UTF8.GetBytes(document), kind).Failure is { } failure
            ? throw new QueryException(failure.Code, 400, failure.Message)
            : document;
    }

    /// <summary>What there is with one added or replaced, in order of the names.</summary>
    /// <param name="policies">What there is.</param>
    /// <param name="policy">What is put.</param>
    /// <param name="maxCharacters">How long all may be together, white space not counted.</param>
    /// <param name="holder">Whose, for the message: <c>user ann</c>.</param>
    /// <exception cref="QueryException">LimitExceeded.</exception>
    public static IReadOnlyList<NamedPolicy> With(IReadOnlyList<NamedPolicy> policies, NamedPolicy policy, int maxCharacters, string holder)
    {
        NamedPolicy[] together = [.. policies.Where(other => other.Name != policy.Name), policy];
        Array.Sort(together, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return together.Sum(one => Characters(one.Document)) <= maxCharacters
            ? together
            : throw TooLarge(maxCharacters, holder);
    }

    /// <summary>What there is without one; null where it is not among them.</summary>
    public static IReadOnlyList<NamedPolicy>? Without(IReadOnlyList<NamedPolicy> policies, string name) =>
        policies.Any(policy => policy.Name == name) ? [.. policies.Where(policy => policy.Name != name)] : null;

    /// <summary>The answer of the Get…Policy actions; documents are percent-encoded (RFC 3986).</summary>
    /// <exception cref="QueryException">NoSuchEntity.</exception>
    public static IReadOnlyList<XElement> Get(IPolicyHolder holder, string name, string kind)
    {
        var policy = holder.Policies.FirstOrDefault(policy => policy.Name == name) ?? throw QueryException.Missing(MissingText(kind, name));
        return
        [
            IamDocument.Element(kind + "Name", holder.Name),
            IamDocument.Element("PolicyName", policy.Name),
            IamDocument.Element("PolicyDocument", Uri.EscapeDataString(policy.Document)),
        ];
    }

    /// <summary>The answer of the List…Policies actions.</summary>
    public static IReadOnlyList<XElement> List(QueryRequest request, IPolicyHolder holder) =>
        IamPage.Of(request, "PolicyNames", holder.Policies, policy => policy.Name, policy => IamDocument.Element("member", policy.Name));

    private static QueryException TooLarge(int maxCharacters, string holder) =>
        QueryException.LimitExceeded($"Maximum policy size of {maxCharacters} bytes exceeded for {holder}");

    public static string MissingText(string kind, string name) => $"The {kind.ToLowerInvariant()} policy with name {name} cannot be found.";

    /// <summary>The length that quotas count: white space is free.</summary>
    public static int Characters(string document) => document.Count(character => !char.IsWhiteSpace(character));
}
