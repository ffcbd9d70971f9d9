using Grpc.Core;
using Grpc.Net.Client.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>One method of a service: gives each call its instance of the service, its reader and its writer.</summary>
internal sealed class ServiceMethod<TService, TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    Func<TService, ServerCall<TRequest, TResponse>, Task> handler,
    CallRunner runner)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private static readonly ObjectFactory<TService> create = ActivatorUtilities.CreateFactory<TService>([]);

    internal Task HandleAsync(HttpContext http) => runner.RunAsync(http, method, InvokeAsync);

    private async Task InvokeAsync(HttpCallContext context)
    {
        var http = context.HttpContext;
        var frames = new FrameReader(
            http.Request.BodyReader,
            runner.ReceiveBytesMax,
            http.Request.Headers[WireNames.Encoding],
            StatusCode.InvalidArgument);
        var requests = new RequestReader<TRequest>(frames, method.RequestMarshaller, context);
        var responses = new ResponseWriter<TResponse>(context, method.ResponseMarshaller, runner.SendBytesMax);
        var call = new ServerCall<TRequest, TResponse>(requests, responses, context);
        try
        {
            await InvokeServiceAsync(http.RequestServices, call).ConfigureAwait(false);
        }
        finally
        {
            responses.End();
        }
    }

    private async Task InvokeServiceAsync(IServiceProvider services, ServerCall<TRequest, TResponse> call)
    {
        if (services.GetService<TService>() is { } registered)
        {
            await handler(registered, call).ConfigureAwait(false);
            return;
        }

        var created = create(services, null);
        try
        {
            await handler(created, call).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync(created).ConfigureAwait(false);
        }
    }

    private static async ValueTask DisposeAsync(TService service)
    {
        switch (service)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}
