using Grpc.Tests.Hosting;
using Grpc.Tests.Protos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grpc.Tests.Calls;

/// <summary>What the server's log says of a client that goes away.</summary>
public sealed class ClientGoneTests
{
    [Test]
    public async Task A_client_that_resets_its_stream_is_no_failure()
    {
        var log = new CallLog();
        var service = new SampleService
        {
            OnUpload = async (requests, _) =>
            {
                while (await requests.MoveNext(CancellationToken.None))
                {
                    // The next one.
                }

                return new Note();
            },
        };
        await using var server = await TestServer.StartAsync(
            services =>
            {
                services.AddSingleton<ILoggerProvider>(log);
                services.AddSingleton(service).AddGrpc();
            },
            endpoints => endpoints.MapGrpcService<SampleService>(),
            listen => listen.Protocols = HttpProtocols.Http2);
        var call = server.CreateClient().Upload();
        await call.RequestStream.WriteAsync(new Note { Number = 1 }).WithinLimit("the first message left");

        call.Dispose();

        Assert.That(await log.First.WithinLimit("the end of the call was logged"), Is.EqualTo(LogLevel.Information));
    }

    private sealed class CallLog : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource<LogLevel> first =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<LogLevel> First => first.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name is "LogClientGone" or "LogHandlerFailed")
            {
                first.TrySetResult(logLevel);
            }
        }

        public void Dispose()
        {
        }
    }
}
