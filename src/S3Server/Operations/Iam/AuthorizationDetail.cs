using System.Xml.Linq;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>A user, group, role or managed policy as GetAccountAuthorizationDetails shows it.</summary>
/// <param name="Kind">As its parameter Filter names it.</param>
/// <param name="Name">Its name, or the ARN of a policy of AWS.</param>
/// <param name="Element">The member of its list.</param>
internal sealed record AuthorizationDetail(string Kind, string Name, XElement Element)
{
    /// <summary>Where a page that ends with it goes on.</summary>
    public string Marker => $"{Kind}/{Name}";

    /// <summary>The list that it stands in.</summary>
    public string List => Kind switch
    {
        "User" or "Group" or "Role" => Kind + "DetailList",
        _ => "Policies",
    };
}
