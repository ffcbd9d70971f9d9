namespace Grpc.Core;

/// <summary>A stream of messages to write; one write at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Writes a message; completes when the next one may be written.</summary>
    /// <param name="message">The message.</param>
    Task WriteAsync(T message);

    /// <summary>Writes a message; completes when the next one may be written.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This writer cannot cancel a write.");
        }

        return WriteAsync(message);
    }

    /// <summary>Options of the following writes, or null for the defaults.</summary>
    WriteOptions? WriteOptions { get; set; }
}
