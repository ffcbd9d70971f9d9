namespace Ledger.Node.Tests.Records.Backends;

/// <summary>Starts the database server of these tests when the first asks for it, and stops it at the end.</summary>
[SetUpFixture]
public sealed class Databases
{
    private static readonly Lazy<PostgresCluster?> Cluster = new(PostgresCluster.TryStart);

    /// <summary>
    /// The server. A test that cannot have one is skipped on a developer's machine, and fails where a pipeline runs it.
    /// </summary>
    internal static PostgresCluster Postgres()
    {
        if (Cluster.Value is { } cluster)
        {
            return cluster;
        }

        const string Reason = "PostgreSQL's server is missing (Debian: apt-get install postgresql)";
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
        {
            Assert.Fail(Reason);
        }

        Assert.Ignore(Reason);
        throw new InvalidOperationException(Reason);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        if (Cluster.IsValueCreated)
        {
            Cluster.Value?.Dispose();
        }
    }
}
