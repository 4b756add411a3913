using System.Xml.Linq;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// When sessions of roles last signed a request, by the role's id. What other servers saw within the last minute may be missing, as at AWS
/// that of hours.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html"/>
internal sealed class RoleUses(KeyUses uses, KeyUseStore store, SignatureOptions signatures)
{
    /// <summary>The element that says it; empty where the role was never used.</summary>
    public async ValueTask<XElement> ElementAsync(RoleRecord role, CancellationToken cancellationToken) =>
        await uses.FindAsync(role.Id, cancellationToken) is { } use
            ? IamDocument.Element(
                "RoleLastUsed",
                IamDocument.Element("LastUsedDate", IamDocument.Date(use.LastUsed)),
                IamDocument.Element("Region", use.Service == "s3" ? signatures.Region : "us-east-1"))
            : IamDocument.Element("RoleLastUsed");

    /// <summary>Forgets a role that is gone.</summary>
    public ValueTask ForgetAsync(string roleId, CancellationToken cancellationToken) => store.ForgetAsync(roleId, cancellationToken);
}
