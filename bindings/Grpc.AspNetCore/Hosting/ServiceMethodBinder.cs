using System.Reflection;
using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Hosting;

/// <summary>
/// Finds the methods of a service: generated code tells their names and messages, and the implementing methods of the
/// service type become delegates that take the instance of each call.
/// </summary>
internal sealed class ServiceMethodBinder<TService>(CallRunner runner) : ServiceBinderBase
    where TService : class
{
    private readonly List<BoundMethod> methods = [];

    internal IReadOnlyList<BoundMethod> Methods => methods;

    /// <summary>Runs the generated binding of the service.</summary>
    internal void Bind()
    {
        var attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException(
                $"{typeof(TService)} does not derive from the generated base class of a gRPC service.");
        var bind = attribute.BindType
            .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .SingleOrDefault(method => method.Name == attribute.BindMethodName && IsBinding(method.GetParameters()))
            ?? throw new InvalidOperationException(
                $"{attribute.BindType} has no method {attribute.BindMethodName} that binds {typeof(TService)}.");
        bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [this, null], null);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Find<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method, out var attributes);
        Add(method, attributes, async (service, call) =>
        {
            var request = await call.Requests.ReadSingleAsync().ConfigureAwait(false);
            var response = await invoke(service, request, call.Context).ConfigureAwait(false);
            await call.Responses.WriteSingleAsync(response).ConfigureAwait(false);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Find<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(
            method, out var attributes);
        Add(method, attributes, async (service, call) =>
        {
            var response = await invoke(service, call.Requests, call.Context).ConfigureAwait(false);
            await call.Responses.WriteSingleAsync(response).ConfigureAwait(false);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Find<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(
            method, out var attributes);
        Add(method, attributes, async (service, call) =>
        {
            var request = await call.Requests.ReadSingleAsync().ConfigureAwait(false);
            await invoke(service, request, call.Responses, call.Context).ConfigureAwait(false);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Find<Func<
            TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(
            method, out var attributes);
        Add(method, attributes, (service, call) => invoke(service, call.Requests, call.Responses, call.Context));
    }

    private void Add<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        object[] attributes,
        Func<TService, ServerCall<TRequest, TResponse>, Task> handler)
        where TRequest : class
        where TResponse : class
    {
        var endpoint = new ServiceMethod<TService, TRequest, TResponse>(method, handler, runner);
        methods.Add(new BoundMethod(method, endpoint.HandleAsync, attributes));
    }

    // The delegate's first parameter is the service and its last type the result: those between are the method's.
    private static TDelegate Find<TDelegate>(IMethod method, out object[] attributes)
        where TDelegate : Delegate
    {
        var types = typeof(TDelegate).GetGenericArguments();
        var found = typeof(TService).GetMethod(
            method.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, types[1..^1])
            ?? throw new InvalidOperationException($"{typeof(TService)} has no method for {method.FullName}.");
        attributes =
        [
            .. typeof(TService).GetCustomAttributes(inherit: true),
            .. found.GetCustomAttributes(inherit: true),
        ];
        return found.CreateDelegate<TDelegate>();
    }

    private static bool IsBinding(ParameterInfo[] parameters) =>
        parameters.Length == 2
        && parameters[0].ParameterType == typeof(ServiceBinderBase)
        && parameters[1].ParameterType.IsAssignableFrom(typeof(TService));
}
