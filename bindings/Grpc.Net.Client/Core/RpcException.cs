namespace Grpc.Core;

/// <summary>A call that ended with another status than OK.</summary>
public class RpcException : Exception
{
    /// <summary>An exception for a status without trailers.</summary>
    /// <param name="status">The outcome.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty, status.ToString())
    {
    }

    /// <summary>An exception for a status with a message of its own.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="message">The message of the exception.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>An exception for a status with trailers.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="trailers">The trailing metadata of the call.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>An exception for a status with trailers and a message of its own.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="trailers">The trailing metadata of the call.</param>
    /// <param name="message">The message of the exception.</param>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>The outcome.</summary>
    public Status Status { get; }

    /// <summary>The code of the outcome.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The trailing metadata of the call; empty if there is none.</summary>
    public Metadata Trailers { get; }
}
