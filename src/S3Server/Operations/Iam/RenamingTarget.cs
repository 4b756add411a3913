using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>What renaming is done to: the one that is there, and what it becomes (AWS: UpdateUser needs permissions on both).</summary>
internal static class RenamingTarget
{
    public static async ValueTask<QueryTarget> OfAsync<T>(IamHolders<T> holders, QueryRequest request, CancellationToken cancellationToken)
        where T : class, IPolicyHolder
    {
        var newName = request.Find($"New{holders.Kind.Name}Name") is null ? null : request.Named($"New{holders.Kind.Name}Name", 128);
        var newPath = request.Find("NewPath") is null ? null : request.Path("NewPath");
        var target = await holders.TargetAsync(request, cancellationToken);
        if (await holders.Records.FindAsync(request.AccountId, holders.NameIn(request), cancellationToken) is not { } holder)
        {
            return target;
        }

        var becomes = $"{newPath ?? holder.Path}{newName ?? holder.Name}";
        return target with { BecomesArn = $"arn:aws:iam::{request.AccountId}:{holders.Kind.Name.ToLowerInvariant()}{becomes}" };
    }
}
