using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>The names of the settings of object ownership.</summary>
internal static class OwnershipNames
{
    public const string Header = "x-amz-object-ownership";

    /// <summary>The setting of a name; null where it names none.</summary>
    public static ObjectOwnership? Parse(string name) => name switch
    {
        nameof(ObjectOwnership.BucketOwnerEnforced) => ObjectOwnership.BucketOwnerEnforced,
        nameof(ObjectOwnership.BucketOwnerPreferred) => ObjectOwnership.BucketOwnerPreferred,
        nameof(ObjectOwnership.ObjectWriter) => ObjectOwnership.ObjectWriter,
        _ => null,
    };
}
