using System.Net;
using System.Net.Sockets;
using Ledger.Node.Configuration;

namespace Ledger.Node.Tests.Configuration;

public sealed class ListenAddressTests
{
    [TestCase("127.0.0.1:7101")]
    [TestCase("[::1]:7101")]
    [TestCase("0.0.0.0:1")]
    public void An_address_with_a_port_is_read(string text) =>
        Assert.That(ListenAddress.Parse(text, "--api").ToString(), Is.EqualTo(text));

    [TestCase("")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:0")]
    [TestCase("127.0.0.1:70000")]
    [TestCase("north.example:7101")]
    [TestCase("https://127.0.0.1:7101")]
    public void Anything_else_is_told_with_an_example(string text) => Assert.That(
        Assert.Throws<ConfigurationException>(() => ListenAddress.Parse(text, "--api"))!.Message,
        Does.StartWith("--api").And.Contain("127.0.0.1:7101").And.Contain(text));

    [Test]
    public void A_port_that_is_taken_is_named_and_a_free_one_is_left_free()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        IPEndPoint endPoint = (IPEndPoint)taken.LocalEndPoint!;
        taken.Listen(1);

        ConfigurationException problem = Assert.Throws<ConfigurationException>(
            () => ListenAddress.RequireFree(endPoint, "The API"))!;
        taken.Dispose();

        Assert.That(problem.Message, Does.Contain(endPoint.ToString()).And.Contain("in use"));
        Assert.That(() => ListenAddress.RequireFree(endPoint, "The API"), Throws.Nothing);
        Assert.That(() => ListenAddress.RequireFree(endPoint, "The API"), Throws.Nothing);
    }
}
