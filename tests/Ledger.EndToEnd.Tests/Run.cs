using Ledger.EndToEnd.Tests.Setup;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Testing;

// Each consortium has four processes: two at once would take the time from one another.
[assembly: NonParallelizable]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace Ledger.EndToEnd.Tests;

/// <summary>Stops what outlives a fixture, after the last test.</summary>
[SetUpFixture]
public sealed class Run
{
    [OneTimeTearDown]
    public static async Task StopAndDelete()
    {
        await DocumentedConsortium.StopSharedAsync();
        await ForeignNode.DeleteAllAsync();
        Assert.That(TestFolder.Remaining, Is.Empty, "folders that no fixture has deleted");
    }
}
