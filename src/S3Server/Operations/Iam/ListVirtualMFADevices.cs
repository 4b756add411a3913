using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the account's virtual MFA devices: there is no second factor here.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html"/>
internal sealed class ListVirtualMFADevices() : NothingOfAccount("ListVirtualMFADevices", "VirtualMFADevices")
{
    protected override void Check(QueryRequest request)
    {
        request.OneOf("AssignmentStatus", ["Assigned", "Unassigned", "Any"]);
        base.Check(request);
    }
}
