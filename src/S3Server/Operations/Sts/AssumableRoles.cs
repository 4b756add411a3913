using System.Text;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>Roles as STS needs them: by ARN, of any account, with their trust policies.</summary>
internal sealed class AssumableRoles(IdentityStore identities)
{
    private const int MinArn = 20;
    private const int MaxArn = 2048;

    /// <summary>The role that a request names; null where there is none, or none of that path.</summary>
    /// <exception cref="QueryException">ValidationError: it names none.</exception>
    public async ValueTask<RoleRecord?> FindAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var arn = Arn(request);
        return RoleArn.Parse(arn) is { } parsed
            && await identities.Roles.FindAsync(parsed.AccountId, parsed.Name, cancellationToken) is { } role
            && role.Arn() == arn
                ? role
                : null;
    }

    /// <summary>The ARN in a request.</summary>
    /// <exception cref="QueryException">ValidationError.</exception>
    public static string Arn(QueryRequest request)
    {
        var arn = request.Get("RoleArn");
        return arn.Length switch
        {
            < MinArn => throw QueryException.Constraint("roleArn", $"have length greater than or equal to {MinArn}"),
            > MaxArn => throw QueryException.Constraint("roleArn", $"have length less than or equal to {MaxArn}"),
            _ => arn,
        };
    }

    /// <summary>A role's trust policy; one that cannot be read trusts nobody.</summary>
    public static Policy? TrustOf(RoleRecord role) => PolicyParser.Parse(Encoding.UTF8.GetBytes(role.TrustPolicy), PolicyKind.Trust).Policy;
}
