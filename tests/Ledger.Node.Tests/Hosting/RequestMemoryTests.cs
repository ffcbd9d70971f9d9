using System.Net;
using Ledger.Node.Hosting;

namespace Ledger.Node.Tests.Hosting;

public sealed class RequestMemoryTests
{
    private static readonly IPAddress Far = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Near = IPAddress.Parse("198.51.100.7");

    [Test]
    public void A_network_that_has_its_share_is_refused_more_and_others_are_not()
    {
        RequestMemory memory = new(share: 100);

        Assert.That(memory.TryChange(Far, 100), Is.True);
        Assert.That(memory.TryChange(Far, 1), Is.False);
        Assert.That(memory.TryChange(Near, 100), Is.True);
        Assert.That(memory.Kept, Is.EqualTo(200));
        Assert.That(memory.TryChange(Far, -60), Is.True);
        Assert.That(memory.TryChange(Far, 60), Is.True);
    }
}
