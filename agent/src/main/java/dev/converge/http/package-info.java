/** A server of HTTP/1.1 and TLS, as the rest of Converge knows it; only here is the library seen that it is made with. */
package dev.converge.http;
