namespace Ledger.Architecture.Tests;

/// <summary>What a check found in the tree.</summary>
internal static class Findings
{
    /// <summary>Fails with every finding on a line of its own.</summary>
    public static void AreNone(IEnumerable<string?> found)
    {
        string?[] all = [.. found];
        if (all.Length > 0)
        {
            Assert.Fail($"{all.Length} found:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
        }
    }
}
