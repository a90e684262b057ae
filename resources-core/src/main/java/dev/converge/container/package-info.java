/** Containers, their images, networks and volumes, through the API that Docker and podman serve on a unix socket. */
package dev.converge.container;
