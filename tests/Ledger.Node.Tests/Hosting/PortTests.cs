using System.Net;
using Ledger.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ledger.Node.Tests.Hosting;

/// <summary>How ports use the machine.</summary>
public sealed class PortTests
{
    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task Where_many_calls_share_a_connection_sending_waits_for_its_turn(bool answersMany, bool sendsAtOnce)
    {
        WebApplicationBuilder builder = Port.Builder(NullLoggerFactory.Instance);
        Port port = new(new IPEndPoint(IPAddress.Loopback, 0), HttpProtocols.Http2, 1, 1, TimeSpan.FromSeconds(1))
        {
            AnswersMany = answersMany,
        };
        port.Listen(builder);
        await using WebApplication application = builder.Build();

        SocketTransportOptions sockets =
            application.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value;

        Assert.That(sockets.UnsafePreferInlineScheduling, Is.EqualTo(sendsAtOnce));
    }
}
