using S3Cassandra.Auth.AccessControl;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>S3's errors for access control lists.</summary>
internal static class AclFaults
{
    public static S3Exception Of(GrantFault fault, string name, string value) => fault switch
    {
        GrantFault.EmailAddress => EmailAddress(),
        GrantFault.UnknownGroup => UnknownGroup(name, value),
        GrantFault.TooMany => TooMany(),
        _ => new S3Exception(S3Errors.InvalidArgument, "Argument format not recognized", ("ArgumentName", name), ("ArgumentValue", value)),
    };

    /// <summary>Lists with grantees by e-mail address are not made any more (AWS, since October 2025).</summary>
    public static S3Exception EmailAddress() =>
        new(S3Errors.MethodNotAllowed, "Grantees by e-mail address are not supported.", ("ResourceType", "ACL")) { Allow = "GET" };

    public static S3Exception UnknownGroup(string name, string value) =>
        new(S3Errors.InvalidArgument, "Invalid group uri", ("ArgumentName", name), ("ArgumentValue", value));

    public static S3Exception UnknownId(string value) =>
        new(S3Errors.InvalidArgument, "Invalid id", ("ArgumentName", "CanonicalUser/ID"), ("ArgumentValue", value));

    public static S3Exception TooMany() => new(S3Errors.MalformedACLError);

    public static S3Exception Public() => new(
        S3Errors.AccessDenied, "Public access control lists (ACLs) are prevented by the BlockPublicAcls setting in S3 Block Public Access.");
}
