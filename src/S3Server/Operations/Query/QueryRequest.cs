using System.Globalization;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Sessions;

namespace S3Cassandra.S3Server.Operations.Query;

/// <summary>A request of the query protocol: who asks, when, and the parameters of its form.</summary>
internal sealed class QueryRequest(IReadOnlyDictionary<string, string> parameters, Identity caller, DateTimeOffset now)
{
    private const int MostItems = 1000;
    private const int DefaultItems = 100;

    /// <summary>Anonymous only of an action that anyone may ask for.</summary>
    public Identity Caller => caller;

    public string AccountId => caller.AccountId;

    public DateTimeOffset Now => now;

    /// <summary>The policies that go with the caller.</summary>
    public PrincipalPolicies Policies { get; init; } = PrincipalPolicies.None;

    /// <summary>What is known of the request, for an action that asks policies itself.</summary>
    public IConditionFacts Facts { get; init; } = NoFacts.Instance;

    /// <summary>The access key that signed it; null where none did.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The temporary credentials that signed it; null where those were long-lived, or none.</summary>
    public Session? Session { get; init; }

    /// <summary>The user that asks; null where it is no user.</summary>
    public string? CallerName =>
        caller.PrincipalArn.Contains(":user/", StringComparison.Ordinal) ? caller.PrincipalArn[(caller.PrincipalArn.LastIndexOf('/') + 1)..] : null;

    public string? Find(string name) => parameters.GetValueOrDefault(name);

    /// <exception cref="QueryException">ValidationError.</exception>
    public string Get(string name) => Find(name) is { Length: > 0 } value ? value : throw QueryException.Constraint(Camel(name), "not be null");

    /// <summary>The values of <c>Name.member.1</c>, <c>Name.member.2</c> and so on.</summary>
    public IReadOnlyList<string> Many(string name)
    {
        var values = new List<string>();
        while (Find(string.Create(CultureInfo.InvariantCulture, $"{name}.member.{values.Count + 1}")) is { } value)
        {
            values.Add(value);
        }

        return values;
    }

    /// <summary>One of a parameter's values; null where it is not given.</summary>
    /// <exception cref="QueryException">ValidationError.</exception>
    public string? OneOf(string parameter, string[] values) => Find(parameter) is not { } value || values.Contains(value)
        ? Find(parameter)
        : throw QueryException.NoneOf(value, Camel(parameter), values);

    /// <summary>Whether a parameter is true; false where it is not given.</summary>
    /// <exception cref="QueryException">ValidationError.</exception>
    public bool Flag(string parameter) => Find(parameter) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw QueryException.Validation($"{other} is no value of {Camel(parameter)}: it is true or false."),
    };

    /// <summary>A parameter that every request of the action has.</summary>
    /// <exception cref="QueryException">MissingParameter.</exception>
    public string Parameter(string name) => Find(name) is { Length: > 0 } value ? value : throw QueryException.MissingParameter(name);

    /// <summary>The id of an access key.</summary>
    /// <exception cref="QueryException">MissingParameter, ValidationError.</exception>
    public string AccessKey()
    {
        const string Member = "accessKeyId";
        var id = Parameter("AccessKeyId");
        return id.Length < 16 ? throw QueryException.Constraint(Member, "have length greater than or equal to 16")
            : id.Length > 128 ? throw QueryException.Constraint(Member, "have length less than or equal to 128")
            : id.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') ? id
            : throw QueryException.Validation($"The specified value for {Member} is invalid. It must contain only alphanumeric characters.");
    }

    /// <summary>A user's name, which has to be given: one to be looked up.</summary>
    public string UserName() => Named("UserName", 128);

    /// <summary>A user's name, or who asks.</summary>
    /// <exception cref="QueryException">ValidationError, also where who asks is no user.</exception>
    public string UserNameOrCaller() => Find("UserName") is not null ? UserName()
        : CallerName ?? throw QueryException.Validation("Must specify userName when calling with non-User credentials");

    /// <summary>A name of letters, digits and _+=,.@-.</summary>
    public string Named(string parameter, int maxLength)
    {
        var name = Find(parameter) ?? throw QueryException.Constraint(Camel(parameter), "not be null");
        if (name.Length > maxLength)
        {
            throw QueryException.Constraint(Camel(parameter), $"have length less than or equal to {maxLength}");
        }

        return name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || "_+=,.@-".Contains(character))
            ? name
            : throw QueryException.Validation(
                $"The specified value for {Camel(parameter)} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
    }

    /// <summary>A path: <c>/</c>, or printable characters between slashes.</summary>
    public string Path(string parameter)
    {
        var path = Find(parameter) ?? "/";
        if (path.Length > 512)
        {
            throw QueryException.Constraint(Camel(parameter), "have length less than or equal to 512");
        }

        return path.StartsWith('/') && path.EndsWith('/') && !path.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? path
            : throw QueryException.Validation($"The specified value for {Camel(parameter)} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");
    }

    /// <summary>The path that a listing is limited to: it begins with a slash.</summary>
    public string PathPrefix()
    {
        var prefix = Find("PathPrefix") ?? "/";
        return prefix.Length <= 512 && prefix.StartsWith('/') && !prefix.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? prefix
            : throw QueryException.Validation(
                "The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.");
    }

    /// <summary>How many items a page has.</summary>
    public int PageSize()
    {
        if (Find("MaxItems") is not { } text)
        {
            return DefaultItems;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var items))
        {
            throw QueryException.MalformedInput();
        }

        if (items < 1)
        {
            throw QueryException.Constraint("maxItems", "have value greater than or equal to 1");
        }

        return items <= MostItems ? items : throw QueryException.Constraint("maxItems", $"have value less than or equal to {MostItems}");
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
