using System.Collections.Concurrent;
using Ledger.Node.Commands;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Records.Privacy;

/// <summary>
/// Everything that a node would log, with all of each exception, as a verbose one shows it. A node's lines have no
/// scopes, in which the platform names the addresses of requests.
/// </summary>
internal sealed class CollectedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public string Text => string.Join('\n', lines);

    /// <summary>Logs what a node logs, here.</summary>
    public void Collect(ILoggingBuilder builder) => NodeLogging.Filter(builder).AddProvider(this);

    public ILogger CreateLogger(string categoryName) => new Collector(categoryName, lines);

    public void Dispose()
    {
        // The lines are still wanted.
    }

    private sealed class Collector(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
