using S3Cassandra.Architecture.Tests.Rules;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests;

public class ProjectTests
{
    [Fact]
    public void Projects_reference_only_what_is_below_them() => Findings.None(ProjectRules.Check(Repository.Projects));

    [Fact]
    public void Every_product_project_is_looked_at() =>
        Assert.Equal(["Auth", "Cql", "S3Server", "Storage"], Repository.Projects.Where(project => project.IsProduct).Select(project => project.Name).Order());

    [Theory]
    [InlineData("src/Auth/Auth.csproj", """<ProjectReference Include="..\Storage\Storage.csproj" />""", "may not reference Storage")]
    [InlineData("src/Storage/Storage.csproj", """<ProjectReference Include="../Auth/Auth.csproj" />""", "may not reference Auth")]
    [InlineData("src/Auth/Auth.csproj", """<PackageReference Include="System.IO.Hashing" />""", "may not take the package")]
    [InlineData("src/Extra/Extra.csproj", "", "does not know")]
    public void A_project_that_reaches_too_far_is_found(string path, string item, string expected) =>
        Findings.One(expected, ProjectRules.Check([ProjectFile.Parse(path, $"<Project><ItemGroup>{item}</ItemGroup></Project>")]));
}
