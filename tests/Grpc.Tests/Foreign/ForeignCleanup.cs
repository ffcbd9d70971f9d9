using Ledger.Testing;

namespace Grpc.Tests;

/// <summary>Deletes what the foreign tests installed, after the last test of the assembly.</summary>
[SetUpFixture]
public sealed class ForeignCleanup
{
    [OneTimeTearDown]
    public Task DeleteInstalledPackages() => ForeignNode.DeleteAllAsync();
}
