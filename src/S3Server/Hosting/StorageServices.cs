using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identities;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>S3's semantics over the seams, one instance each, for the operations.</summary>
internal static class StorageServices
{
    public static void Add(IServiceCollection services, StoreSeams seams, KeyRing keys)
    {
        services.AddSingleton(seams);
        services.AddSingleton(seams.Index);
        services.AddSingleton(seams.Blobs);
        services.AddSingleton(seams.Catalog);
        services.AddSingleton(keys);
        services.AddSingleton<BucketStore>();
        services.AddSingleton<AccountPublicAccessBlocks>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<IdentityStore>();
        services.AddSingleton<KeyUseStore>();
        services.AddSingleton<BucketConfigurations>();
        services.AddSingleton<ObjectListing>();
        services.AddSingleton<VersionListing>();
        services.AddSingleton<VersionWriter>();
        services.AddSingleton<ObjectWriter>();
        services.AddSingleton<ObjectReader>();
        services.AddSingleton<ObjectRemover>();
        services.AddSingleton<ObjectTagging>();
        services.AddSingleton<ObjectAccess>();
        services.AddSingleton(provider => new BodyStorer(
            seams.Blobs, provider.GetRequiredService<TimeProvider>(), seams.InlineThreshold, provider.GetRequiredService<ChunkLending>()));
        services.AddSingleton<ChunkLending>();
        services.AddSingleton<UploadParts>();
        services.AddSingleton<MultipartUploads>();
        services.AddSingleton<PartManifests>();
        services.AddSingleton<UploadCompletion>();
        services.AddSingleton<UploadListing>();
    }
}
