namespace Grpc.Core;

/// <summary>Is told the methods of a service by generated code.</summary>
public class ServiceBinderBase
{
    /// <summary>Adds a method with one request and one response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler; null if the binder finds the handler itself.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();

    /// <summary>Adds a method with a stream of requests and one response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler; null if the binder finds the handler itself.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();

    /// <summary>Adds a method with one request and a stream of responses.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler; null if the binder finds the handler itself.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();

    /// <summary>Adds a method with a stream of requests and a stream of responses.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler; null if the binder finds the handler itself.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();
}
