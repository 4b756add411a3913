using S3Cassandra.Auth.AccessControl;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Principals;

namespace S3Cassandra.Auth.Tests.AccessControl;

public class AccessControlListTests
{
    private static readonly string Owner = new('a', 64);
    private static readonly string Other = new('b', 64);
    private static readonly Identity OwnersRoot = Identity.Root("111111111111", Owner);
    private static readonly Identity OtherUser = Identity.Principal("arn:aws:iam::222222222222:user/u", "222222222222", Other);

    private static readonly Grantee[] Grantees =
        [Grantee.Account(Owner), Grantee.Account(Other), Grantee.Group(GranteeKind.AllUsers), Grantee.Group(GranteeKind.AuthenticatedUsers), Grantee.Group(GranteeKind.LogDelivery)];

    /// <summary>Who is meant by whom: a table of AWS's sentences on grantees, one line an asker.</summary>
    [Fact]
    public void Grantees_mean_whom_AWS_says()
    {
        PrincipalMatch[] Matches(Identity identity, bool ignorePublic) =>
            [.. Grantees.Select(grantee => new AccessControlList([new Grant(grantee, AclPermission.Read)]).Match(identity, AclPermission.Read, ignorePublic))];
        const PrincipalMatch None = PrincipalMatch.None, Account = PrincipalMatch.Account, Direct = PrincipalMatch.Direct;
        Assert.Equal([Account, None, Direct, Direct, None], Matches(OwnersRoot, false));
        Assert.Equal([None, Account, Direct, Direct, None], Matches(OtherUser, false));
        Assert.Equal([None, None, Direct, None, None], Matches(Identity.Anonymous, false));
        Assert.Equal([None, Account, None, None, None], Matches(OtherUser, true));
        Assert.Equal([None, None, None, None, None], Matches(Identity.Anonymous, true));
    }

    [Fact]
    public void A_permission_is_given_whole_or_not_at_all()
    {
        foreach (var given in (AclPermission[])[AclPermission.Read, AclPermission.Write, AclPermission.ReadAcp, AclPermission.WriteAcp, AclPermission.FullControl])
        {
            var list = new AccessControlList([new Grant(Grantee.Account(Other), given)]);
            foreach (var wanted in (AclPermission[])[AclPermission.Read, AclPermission.Write, AclPermission.ReadAcp, AclPermission.WriteAcp, AclPermission.FullControl])
            {
                Assert.Equal(given == wanted || given == AclPermission.FullControl, list.Match(OtherUser, wanted, false) == PrincipalMatch.Account);
            }
        }

        // In pieces, by one's account and by a group: then it is the account's to give on.
        var pieces = new AccessControlList([new Grant(Grantee.Group(GranteeKind.AllUsers), AclPermission.Read), new Grant(Grantee.Account(Other), AclPermission.Write)]);
        Assert.Equal(PrincipalMatch.Account, pieces.Match(OtherUser, AclPermission.Read | AclPermission.Write, false));
        Assert.Equal(PrincipalMatch.Direct, pieces.Match(OtherUser, AclPermission.Read, false));
    }

    [Fact]
    public void What_nobody_signed_belongs_to_nobody_who_signs()
    {
        var list = AccessControlList.Private(Account.AnonymousCanonicalId);
        Assert.Equal(PrincipalMatch.Direct, list.Match(Identity.Anonymous, AclPermission.FullControl, true));
        Assert.Equal(PrincipalMatch.None, list.Match(OwnersRoot, AclPermission.Read, false));
        Assert.Equal(PrincipalMatch.None, AccessControlList.Private(Owner).Match(Identity.Anonymous, AclPermission.Read, false));
    }

    [Theory]
    [InlineData("private", false, false)]
    [InlineData("public-read", true, true)]
    [InlineData("public-read-write", true, true)]
    [InlineData("authenticated-read", true, true)]
    [InlineData("log-delivery-write", false, true)]
    [InlineData("bucket-owner-read", false, true)]
    [InlineData("bucket-owner-full-control", false, true)]
    public void Named_lists_are_public_or_give_to_others_as_they_say(string name, bool isPublic, bool givesToOthers)
    {
        var list = CannedAcl.Expand(name, Owner, bucketOwner: Other);
        Assert.Equal((isPublic, givesToOthers), (list.IsPublic, list.GivesToOthers(Owner)));
        Assert.Equal(new Grant(Grantee.Account(Owner), AclPermission.FullControl), list.Grants[0]);
        Assert.True(CannedAcl.Expand("bucket-owner-full-control", Owner, Owner).IsPrivate(Owner));
    }

    [Fact]
    public void Packed_lists_come_back_and_the_usual_one_takes_nothing()
    {
        Assert.Empty(AccessControlListCodec.Encode(AccessControlList.Private(Owner), Owner));
        Assert.True(AccessControlListCodec.Decode([], Owner).IsPrivate(Owner));
        var random = new Random(1);
        AclPermission[] permissions = [AclPermission.Read, AclPermission.Write, AclPermission.ReadAcp, AclPermission.WriteAcp, AclPermission.FullControl];
        Grantee[] all = [.. Grantees, Grantee.Account(Account.AnonymousCanonicalId)];
        foreach (var count in Enumerable.Range(0, AccessControlList.MaxGrants + 1))
        {
            var grants = Enumerable.Range(0, count).Select(_ => new Grant(all[random.Next(all.Length)], permissions[random.Next(permissions.Length)])).ToList();
            var packed = AccessControlListCodec.Encode(new AccessControlList(grants), Other);
            Assert.Equal(grants, AccessControlListCodec.Decode(packed, Other).Grants);

            // Cut anywhere, it gives nobody anything.
            for (var length = 1; count is > 0 and < 5 && length < packed.Length; length++)
            {
                Assert.Empty(AccessControlListCodec.Decode(packed.AsSpan(0, length), Other).Grants);
            }
        }
    }

    [Theory]
    [InlineData("id=\"x\"", "x")]
    [InlineData("id=x, ID='y' ,uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"", "x y AllUsers")]
    [InlineData("uri=http://acs.amazonaws.com/groups/s3/LogDelivery", "LogDelivery")]
    [InlineData("uri=\"http://acs.amazonaws.com/groups/global/Nobody\"", "UnknownGroup")]
    [InlineData("emailAddress=\"a@b.c\"", "EmailAddress")]
    [InlineData("x", "Malformed")]
    [InlineData("", "Malformed")]
    [InlineData("id=", "Malformed")]
    [InlineData("id=x,", "Malformed")]
    [InlineData("=x", "Malformed")]
    [InlineData("name=x", "Malformed")]
    public void Headers_are_read(string value, string expected)
    {
        var grants = new List<Grant>();
        var fault = GrantHeader.Read(value, AclPermission.Read, grants);
        Assert.Equal(expected, fault?.ToString() ?? string.Join(' ', grants.Select(grant => grant.Grantee.Kind == GranteeKind.CanonicalUser ? grant.Grantee.CanonicalId : grant.Grantee.Kind.ToString())));
    }

    [Fact]
    public void A_header_gives_to_a_hundred_at_most()
    {
        var hundred = string.Join(',', Enumerable.Repeat("id=x", AccessControlList.MaxGrants));
        Assert.Null(GrantHeader.Read(hundred, AclPermission.Read, []));
        Assert.Equal(GrantFault.TooMany, GrantHeader.Read(hundred + ",id=x", AclPermission.Read, []));
    }
}
