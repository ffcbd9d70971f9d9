namespace Ledger.Benchmarks.Tests;

public sealed class RunLockTests
{
    [Test]
    public void A_second_run_in_a_folder_is_refused_until_the_first_has_ended()
    {
        string folder = Path.Combine(
            TestContext.CurrentContext.WorkDirectory, "run-lock-" + Guid.NewGuid().ToString("N"));
        RunLock first = RunLock.Take(folder);
        Assert.That(
            () => RunLock.Take(folder),
            Throws.TypeOf<BenchmarkException>().With.Message.Contains("Another benchmark runs"));
        first.Dispose();
        Assert.That(() => RunLock.Take(folder).Dispose(), Throws.Nothing);
    }
}
