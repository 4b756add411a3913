using System.Globalization;
using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>A request of the IAM API: who asks, when, and the parameters of its form.</summary>
internal sealed class IamRequest(IReadOnlyDictionary<string, string> parameters, Identity caller, DateTimeOffset now)
{
    private const int MaxItems = 1000;
    private const int DefaultItems = 100;

    public Identity Caller => caller;

    public string AccountId => caller.AccountId;

    public DateTimeOffset Now => now;

    /// <summary>The user that asks; null where it is no user.</summary>
    public string? CallerName =>
        caller.PrincipalArn.Contains(":user/", StringComparison.Ordinal) ? caller.PrincipalArn[(caller.PrincipalArn.LastIndexOf('/') + 1)..] : null;

    public string? Find(string name) => parameters.GetValueOrDefault(name);

    /// <exception cref="IamException">ValidationError.</exception>
    public string Get(string name) => Find(name) is { Length: > 0 } value
        ? value
        : throw IamException.Validation(
            $"1 validation error detected: Value null at '{Camel(name)}' failed to satisfy constraint: Member must not be null");

    /// <summary>A user's name, which has to be given.</summary>
    public string UserName() => Named("UserName", 64);

    /// <summary>A user's name, or who asks.</summary>
    /// <exception cref="IamException">ValidationError, also where who asks is no user.</exception>
    public string UserNameOrCaller() => Find("UserName") is not null ? UserName()
        : CallerName ?? throw IamException.Validation("Must specify userName when calling with non-User credentials");

    /// <summary>A name of letters, digits and _+=,.@-.</summary>
    public string Named(string parameter, int maxLength)
    {
        var name = Get(parameter);
        return name.Length <= maxLength && name.All(character => char.IsAsciiLetterOrDigit(character) || "_+=,.@-".Contains(character))
            ? name
            : throw IamException.Validation(
                $"The specified value for {Camel(parameter)} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
    }

    /// <summary>A path: <c>/</c>, or printable characters between slashes.</summary>
    public string Path(string parameter)
    {
        var path = Find(parameter) ?? "/";
        return path.Length <= 512 && path.StartsWith('/') && path.EndsWith('/') && !path.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? path
            : throw IamException.Validation($"The specified value for {Camel(parameter)} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");
    }

    /// <summary>How many items a page has.</summary>
    public int PageSize() => Find("MaxItems") is not { } text ? DefaultItems
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var items) && items is > 0 and <= MaxItems ? items
        : throw IamException.Validation($"1 validation error detected: Value '{text}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and {MaxItems}");

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
