using System.Globalization;
using System.Text;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>Reads what a request says of the session that it wants: its name, how long it lasts, and the policies that limit it.</summary>
/// <seealso href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"/>
internal sealed class SessionLimits(IdentityStore identities)
{
    public const int MinSeconds = 900;
    public const int HourSeconds = 3600;
    public const int MaxRoleSeconds = 43_200;

    private const int MinName = 2;
    private const int MaxName = 64;
    private const int MaxPolicies = 10;

    /// <summary>The plain text of all session policies together.</summary>
    private const int MaxPolicyCharacters = 2048;

    /// <summary>The session of a role that a request asks for; the role's own limit is not looked at yet.</summary>
    /// <exception cref="QueryException">ValidationError, MalformedPolicyDocument.</exception>
    public async ValueTask<SessionRequest> ReadAsync(QueryRequest request, string roleAccount, CancellationToken cancellationToken)
    {
        var name = Named(request, "RoleSessionName", MinName);
        var duration = Duration(request, MaxRoleSeconds, HourSeconds);
        var policy = Policy(request);
        var characters = request.Find("Policy")?.Length ?? 0;
        return new SessionRequest(name, duration, policy, await PoliciesAsync(request, roleAccount, characters, cancellationToken));
    }

    /// <summary>DurationSeconds, between a quarter of an hour and <paramref name="most"/>.</summary>
    /// <exception cref="QueryException">ValidationError, MalformedInput.</exception>
    public static TimeSpan Duration(QueryRequest request, int most, int usual)
    {
        if (request.Find("DurationSeconds") is not { } text)
        {
            return TimeSpan.FromSeconds(usual);
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            throw QueryException.MalformedInput();
        }

        return seconds < MinSeconds ? throw QueryException.Constraint("durationSeconds", $"have value greater than or equal to {MinSeconds}")
            : seconds > most ? throw QueryException.Constraint("durationSeconds", $"have value less than or equal to {most}")
            : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>A name of letters, digits and =,.@-_ .</summary>
    /// <exception cref="QueryException">ValidationError.</exception>
    public static string Named(QueryRequest request, string parameter, int min)
    {
        var name = request.Get(parameter);
        var member = char.ToLowerInvariant(parameter[0]) + parameter[1..];
        return name.Length < min ? throw QueryException.Constraint(member, $"have length greater than or equal to {min}")
            : name.Length > MaxName ? throw QueryException.Constraint(member, $"have length less than or equal to {MaxName}")
            : name.All(character => char.IsAsciiLetterOrDigit(character) || "_+=,.@-".Contains(character)) ? name
            : throw QueryException.Constraint(member, @"satisfy regular expression pattern: [\w+=,.@-]*");
    }

    private static string? Policy(QueryRequest request)
    {
        if (request.Find("Policy") is not { } text)
        {
            return null;
        }

        if (text.Length is 0 or > MaxPolicyCharacters)
        {
            throw QueryException.Constraint(
                "policy",
                text.Length == 0 ? "have length greater than or equal to 1" : $"have length less than or equal to {MaxPolicyCharacters}");
        }

        var policy = text.Trim();
        return PolicyParser.Parse(Encoding.UTF8.GetBytes(policy), PolicyKind.Session).Failure is { } failure
            ? throw new QueryException("MalformedPolicyDocument", 400, failure.Message)
            : policy;
    }

    /// <summary>PolicyArns: managed policies of the role's account, or AWS's.</summary>
    private async ValueTask<IReadOnlyList<SessionPolicy>> PoliciesAsync(
        QueryRequest request, string roleAccount, int characters, CancellationToken cancellationToken)
    {
        var policies = new List<SessionPolicy>();
        while (request.Find(string.Create(CultureInfo.InvariantCulture, $"PolicyArns.member.{policies.Count + 1}.arn")) is { } arn)
        {
            if (policies.Count == MaxPolicies)
            {
                throw QueryException.Constraint("policyArns", $"have length less than or equal to {MaxPolicies}");
            }

            policies.Add(new SessionPolicy(arn, await IdAsync(arn, roleAccount, cancellationToken)));
            characters += arn.Length;
        }

        return characters <= MaxPolicyCharacters
            ? policies
            : throw new QueryException("PackedPolicyTooLarge", 400, $"The session policies have more than {MaxPolicyCharacters} characters.");
    }

    private async ValueTask<string> IdAsync(string arn, string roleAccount, CancellationToken cancellationToken)
    {
        var parsed = ManagedPolicyArn.Parse(arn) ?? throw QueryException.Validation($"Invalid ARN: {arn}");
        var policy = parsed.IsAwsManaged ? AwsManagedPolicies.Find(arn)
            : parsed.AccountId != roleAccount ? null
            : await identities.Policies.FindAsync(parsed.AccountId, parsed.Name, cancellationToken);
        return policy?.Arn() == arn ? policy.Id : throw new QueryException("NoSuchEntity", 404, $"Policy {arn} does not exist or is not attachable.");
    }
}
