using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Tests;

public sealed class HostCapacityTests
{
    private static readonly HostCapacity Small = new(2, 5 * HostCapacity.NodeBytes, 1024);

    [Test]
    public void What_fits_is_let_through() => Assert.That(() => Small.RequireRoomFor(5, 256), Throws.Nothing);

    [Test]
    public void Too_many_validators_for_the_memory_are_refused_with_how_many_would_fit() =>
        Assert.That(() => Small.RequireRoomFor(16, 1), Refused("It bears 5 validators."));

    [Test]
    public void Too_many_clients_are_refused_with_what_to_do() =>
        Assert.That(() => Small.RequireRoomFor(4, 5_000), Refused("Use --rate"));

    [Test]
    public void Too_few_open_files_are_refused_with_what_to_do() =>
        Assert.That(() => (Small with { OpenFilesMax = 256 }).RequireRoomFor(4, 64), Refused("ulimit -n"));

    [TestCase(3)]
    [TestCase(17)]
    public void A_consortium_of_the_wrong_size_is_refused(int validators) =>
        Assert.That(() => Small.RequireRoomFor(validators, 1), Refused("4 to 16 validators"));

    [Test]
    public void This_host_says_what_it_has()
    {
        HostCapacity host = HostCapacity.Read();
        Assert.Multiple(() =>
        {
            Assert.That(host.AvailableBytes, Is.Positive);
            Assert.That(host.OpenFilesMax, Is.Positive);
        });
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Refused(string text) =>
        Throws.TypeOf<BenchmarkException>().With.Message.Contains(text);
}
