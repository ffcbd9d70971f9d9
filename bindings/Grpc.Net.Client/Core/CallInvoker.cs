namespace Grpc.Core;

/// <summary>Makes calls of the four kinds.</summary>
public abstract class CallInvoker
{
    /// <summary>One request and one response, on the calling thread.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">Another authority, or null.</param>
    /// <param name="options">Options of this call.</param>
    /// <param name="request">The request.</param>
    public abstract TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>One request and one response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">Another authority, or null.</param>
    /// <param name="options">Options of this call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>One request and a stream of responses.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">Another authority, or null.</param>
    /// <param name="options">Options of this call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>A stream of requests and one response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">Another authority, or null.</param>
    /// <param name="options">Options of this call.</param>
    public abstract AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;

    /// <summary>A stream of requests and a stream of responses.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">Another authority, or null.</param>
    /// <param name="options">Options of this call.</param>
    public abstract AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;
}
