using Ledger.Node.Commands;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Commands;

/// <summary>What a node logs.</summary>
public sealed class NodeLoggingTests
{
    [TestCase("Ledger.Node", LogLevel.Information, true)]
    [TestCase("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error, true)]
    [TestCase("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Information, false)]
    [TestCase("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Critical, false)]
    public void Of_the_platform_only_what_goes_wrong_is_told_and_nothing_of_requests(
        string category, LogLevel level, bool isTold)
    {
        using ILoggerFactory loggers = NodeLogging.Create(verbose: false);

        Assert.That(loggers.CreateLogger(category).IsEnabled(level), Is.EqualTo(isTold));
    }
}
