namespace Grpc.Core;

/// <summary>The responses of a call, written by the server until its handler returns.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
