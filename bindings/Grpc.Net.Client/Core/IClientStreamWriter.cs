namespace Grpc.Core;

/// <summary>The requests of a call, written by the client.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the stream of requests; the call goes on until the server ends it.</summary>
    Task CompleteAsync();
}
