using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Buckets;

public class BucketRecordCodecTests
{
    private static readonly BucketRecord Plain = new()
    {
        Name = "bucket",
        Id = BucketId.New(),
        Created = DateTimeOffset.UnixEpoch,
        Region = "us-east-1",
        Owner = new ObjectOwner("123456789012", new string('a', 64), "arn:aws:iam::123456789012:root"),
    };

    private static BucketRecord Again(BucketRecord bucket) => BucketRecordCodec.Decode(new CatalogRecord(bucket.Name, 1, BucketRecordCodec.Encode(bucket)));

    [Fact]
    public void Policy_and_public_access_block_come_back()
    {
        Assert.Null(Again(Plain).Policy);
        Assert.Null(Again(Plain).PublicAccessBlock);
        Assert.Equal("", Again(Plain with { Policy = "" }).Policy);
        Assert.Equal("{\"ä\":1}", Again(Plain with { Policy = "{\"ä\":1}" }).Policy);
        for (var flags = 0; flags < 16; flags++)
        {
            var block = new PublicAccessBlock((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0);
            Assert.Equal(block, Again(Plain with { PublicAccessBlock = block }).PublicAccessBlock);
        }
    }

    [Fact]
    public void What_was_added_later_comes_back_and_a_record_without_it_is_as_it_was()
    {
        var plain = BucketRecordCodec.Encode(Plain);
        foreach (var bucket in (BucketRecord[])
        [
            Plain with { Ownership = ObjectOwnership.ObjectWriter },
            Plain with { Ownership = ObjectOwnership.Unset, HoldsOthersObjects = true, Acl = new byte[] { 1, 2, 3 } },
            Plain with { RequesterPays = true, Policy = "{}" },
        ])
        {
            var again = Again(bucket);
            Assert.Equal(
                (bucket.Ownership, bucket.RequesterPays, bucket.HoldsOthersObjects, bucket.Policy),
                (again.Ownership, again.RequesterPays, again.HoldsOthersObjects, again.Policy));
            Assert.Equal(bucket.Acl.ToArray(), again.Acl.ToArray());
        }

        Assert.Equal(ObjectOwnership.BucketOwnerEnforced, Again(Plain).Ownership);
        Assert.True(BucketRecordCodec.Encode(Plain with { RequesterPays = true }).AsSpan().StartsWith(plain));
    }

    [Fact]
    public void A_record_from_before_there_were_policies_has_none()
    {
        // hasPolicy, an empty text, no flags
        const int PolicyFields = 3;
        byte[] old = [1, .. BucketRecordCodec.Encode(Plain)[1..^PolicyFields]];
        var bucket = BucketRecordCodec.Decode(new CatalogRecord("bucket", 1, old));
        Assert.Equal((Plain.Id, Plain.Region), (bucket.Id, bucket.Region));
        Assert.Null(bucket.Policy);
        Assert.Null(bucket.PublicAccessBlock);
    }
}
